/** What `yihao --help` prints: every command, with what it is for. */
export const help = `yihao: one citizen ID number signs in to every government channel

  yihao serve         serve this instance, as the environment configures it
  yihao demo          serve a demo of one region with two sites and twenty synthetic people
  yihao seed          put the demo's synthetic people into the configured storage (development only)
  yihao keys rotate   make the next signing key sign; the former stays published for a while
  yihao sites save FILE.json
                      register sites and departments' machines, or change them: docs/sites.md
  yihao sites list    show what is registered
  yihao officers bootstrap
                      print the links by which the first two administrators of the console join
  yihao signals subscribe CLIENT URL EVENT[,EVENT…]
                      tell a site or department what happens to certificates and accounts: docs/signals.md
  yihao signals list [CLIENT]
                      show subscriptions; of one client, what became of its last signals
  yihao signals pause|resume|test CLIENT
                      stop telling it, tell it again, or send it a verification event now
  yihao catalogue save
                      put the types of certificates an instance begins with into its catalogue
  yihao audit check   walk the audit chain of the configured storage: gaps, hashes, signed tree heads
  yihao audit prove SEQUENCE_OR_EVENT PROOF_FILE, or --keys JWKS_FILE
                      write the proof of an audit entry, or the public keys that verify it, to a file
  yihao audit verify PROOF_FILE --keys JWKS_FILE
                      verify a proof offline; exit status 0 when it holds, 1 when not
  yihao import certificates FILE [--photos DIR] [--accept-photos] [--dry-run]
                      import the certificates of a .csv or .ndjson file; exit status 0 when all are in,
                      3 when some were rejected, 1 when it failed and is to be run again
  yihao directory status
                      show how far the region above was told, and how the regions below stand
  yihao directory push, yihao directory reconcile
                      tell the region above what waits, or compare with it and mend; exit status 1 when they differ
  yihao directory admit FILE.json
                      register the libraries of regions below, or change them: docs/directory.md
  yihao kiosk check FOLDER ISSUER...
                      check offline codes that a scanner types, by the keys and lists of statuses kept in a
                      folder; they are fetched at the start and at an empty line, when there is a network
  yihao doctor        check configuration, master key, storage, signing keys and sites
  yihao --help        show this

The configuration is read from the environment; docs/configuration.md lists every key.`;
