/** What `yihao --help` prints: every command, with what it is for. */
export const help = `yihao: one citizen ID number signs in to every government channel

  yihao serve         serve this instance, as the environment configures it
  yihao demo          serve a demo of a province and two cities with twenty synthetic people: docs/demo.md
  yihao demo app      run the demo's sample app for this device while the demo is up: docs/channels-native.md
  yihao simulate --any-client | --sites FILE.json [--people FILE.json] [--ask]
                      serve a stand-in for sites' own tests, with people and failures to order: docs/simulator.md
  yihao seed          put the demo's synthetic people into the configured storage (development only)
  yihao backup --to FILE|FOLDER [--recipient PUBLIC_KEY_FILE]
                      write every record into one encrypted file, beside a running server too: docs/operations.md
  yihao restore --from FILE [--identity PRIVATE_KEY_FILE]
                      fill an empty storage from a backup and check it; run it again when it was cut off
  yihao migrate status, yihao migrate run
                      show how the storage stands to this program, or make it what this program needs
  yihao keys status   show each key ring: its keys, their state and age, what comes next and when, what is late
  yihao keys rotate [RING]
                      make the next key of a ring sign, of provider and credential when none is named: docs/operations.md
  yihao keys rotate --emergency RING --reason TEXT
                      replace a ring at once because its keys may be known to others
  yihao sites save FILE.json
                      register sites and departments' machines, or change them: docs/sites.md
  yihao sites list    show what is registered
  yihao officers bootstrap
                      print the links by which the first two administrators of the console join
  yihao signals subscribe CLIENT URL|poll EVENT[,EVENT…]
                      tell a site or department what happens to certificates and accounts: docs/signals.md
  yihao signals list [CLIENT]
                      show subscriptions; of one client, what became of its last signals
  yihao signals pause|resume|test CLIENT
                      stop telling it, tell it again, or send it a verification event now
  yihao federation add ENTITY_ID KEYS_FILE TYPE[,TYPE…]
                      vouch for a city or a site in an OpenID Federation: docs/federation.md
  yihao federation list, yihao federation remove ENTITY_ID
                      show whom this instance vouches for, or stop vouching for one
  yihao federation keys, yihao federation rotate
                      print the public keys that others pin, or make the next one sign
  yihao catalogue save
                      put the types of certificates an instance begins with into its catalogue
  yihao audit check [--segments FOLDER]
                      walk the audit chain of the configured storage: gaps, hashes, signed tree heads
  yihao audit recount [--segments FOLDER]
                      count the chain anew for the figures of supervision: docs/supervision.md
  yihao audit prove SEQUENCE_OR_EVENT PROOF_FILE [--segment FILE], or --keys JWKS_FILE
                      write the proof of an audit entry, from its segment alone when that is named, or the public
                      keys that verify it, to a file
  yihao audit export --segment FILE [--after TREE_SIZE]
                      write the entries up to the newest signed tree head to a file that is verified alone
  yihao audit prune --before YYYY-MM-DD --segments FOLDER
                      take out of the store what stands in verified segments: docs/operations.md
  yihao audit verify PROOF_OR_SEGMENT_FILE_OR_FOLDER --keys JWKS_FILE
                      verify a proof, a segment or a row of segments offline; exit status 0 when it holds, 1 when not
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
  yihao peers list    show this region's agreement key as others compare it, and the regions registered
  yihao peers add|confirm URL --thumbprint THUMBPRINT --as OFFICER
                      register a region whose key was told another way; another officer confirms: docs/agreements.md
  yihao peers block URL --as OFFICER
                      take nothing from a region any more
  yihao agreements list, yihao agreements show ID
                      show the agreements with other regions and how they stand
  yihao agreements frameworks
                      show the frameworks known here and who has joined them: docs/frameworks.md
  yihao agreements draft|propose|countersign|withdraw|reject|suspend|confirm|resume|terminate …
                      do an officer's act where there is no console at hand: docs/agreements.md
  yihao mappings list, yihao mappings show ID, yihao mappings touched ID
                      show mappings of types and levels, and the agreements that refer to an earlier version
  yihao mappings publish FILE.json --as OFFICER --with OFFICER [--after ID]
                      publish a mapping or its next version; fetch URL ID:VERSION takes another region's
  yihao rules publish FILE.json SIGNED_FILE
                      sign rules that the regions below may only tighten: docs/region-rules.md
  yihao rules import SIGNED_FILE
                      take in the rules of the region above; refused while a setting here is looser
  yihao rules show    show each of its rules beside the setting here; exit status 1 when one is looser
  yihao doctor peer URL
                      check another region from its address to its heartbeat; exit status 1 when something is wrong
  yihao doctor        check configuration, master key, storage, signing keys and sites
  yihao --help        show this

The configuration is read from the environment; docs/configuration.md lists every key.`;
