import { execFile } from 'node:child_process';
import { createHash, createPublicKey, randomBytes } from 'node:crypto';
import type { KeyToken } from './signer.ts';
import { publicEcPart } from './thumbprint.ts';

/** Where a token is and how it opens. */
export interface TokenSettings {
  /** The PKCS#11 library of its maker. */
  readonly module: string;
  /** The label it was initialised with. */
  readonly label: string;
  readonly pin: string;
  /** What the library finds in its environment: makers name their own variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const tool = 'pkcs11-tool';
const timeoutMilliseconds = 20_000;
const signatureBytes = 64;

/**
 * Opens a token by OpenSC's `pkcs11-tool`, a process for each act: no library of a maker runs inside the server, and
 * nothing is compiled. That costs some thirty milliseconds a signature, so it is for keys that sign seldom. The PIN goes
 * by the tool's environment, not by its arguments, which everybody on the machine may read.
 */
export const openPkcs11Token = ({ module, label, pin, environment }: TokenSettings): KeyToken => {
  const run = (words: readonly string[], input: Uint8Array = Buffer.alloc(0)): Promise<Buffer> =>
    runTool(['--module', module, '--token-label', label, ...words], {
      input,
      environment: { ...environment, YIHAO_PKCS11_PIN: pin },
    });
  const login = ['--login', '--pin', 'env:YIHAO_PKCS11_PIN'];

  return {
    async makeKey() {
      const name = randomBytes(16).toString('hex');
      const kind = ['--keypairgen', '--key-type', 'EC:prime256v1', '--usage-sign'];
      await run([...login, ...kind, '--id', name, '--label', 'yihao']);
      const der = await run(['--read-object', '--type', 'pubkey', '--id', name]);
      const { x, y } = createPublicKey({ key: der, format: 'der', type: 'spki' }).export({ format: 'jwk' });
      if (x === undefined || y === undefined) throw new Error(`The token made a key that is none of P-256.`);
      return { name, publicKey: publicEcPart({ x, y }) };
    },

    async sign(name, bytes) {
      // Hashed here: every token knows plain ECDSA, and few know it with a hash.
      const digest = createHash('sha256').update(bytes).digest();
      const signature = await run([...login, '--sign', '--mechanism', 'ECDSA', '--id', name], digest);
      if (signature.length !== signatureBytes)
        throw new Error(`The token gave a signature of ${signature.length} bytes. Fix: check its library.`);
      return signature;
    },
  };
};

const runTool = (
  words: readonly string[],
  { input, environment }: { input: Uint8Array; environment: Record<string, string | undefined> },
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { env: environment, encoding: 'buffer', timeout: timeoutMilliseconds } as const;
    const child = execFile(tool, words, options, (error, output, said) => {
      if (error === null) resolve(output);
      else reject(new Error(problemOf(said.toString('utf8') || error.message)));
    });
    // A tool that fails before it reads closes the pipe; what it says is the error.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });

const problemOf = (said: string): string =>
  `The PKCS#11 token did not do what was asked (${said.trim().replaceAll('\n', '; ')}). ` +
  'Fix: install opensc, check YIHAO_PKCS11_MODULE, YIHAO_PKCS11_TOKEN and YIHAO_PKCS11_PIN, and that the token is there.';
