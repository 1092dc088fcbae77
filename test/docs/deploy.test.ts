import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { projectRoot } from '../../config/root.ts';
import { schema } from '../../config/schema.ts';
import { help } from '../../src/commands/help.ts';

interface Container {
  image: string;
  args: string[];
  resources: { requests: object; limits: { memory: string } };
  securityContext: object;
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
  [probe: string]: unknown;
}
interface Pod {
  securityContext: object;
  automountServiceAccountToken: boolean;
  containers: Container[];
  volumes: { name: string; secret?: { secretName: string } }[];
}
interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace: string };
  data: Record<string, string>;
  spec: {
    template?: { metadata: { labels: object }; spec: Pod };
    jobTemplate?: { spec: { template: { metadata: { labels: object }; spec: Pod } } };
    [key: string]: unknown;
  };
}

const root = projectRoot();
let manifests: Manifest[];
let dockerfile: string;
beforeAll(async () => {
  const folder = join(root, 'deploy/kubernetes');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml'));
  const documents = await Promise.all(
    files.map(async (name) => parseAllDocuments(await readFile(join(folder, name), 'utf8'))),
  );
  manifests = documents.flat().map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Manifest;
  });
  dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8');
});

const named = (kind: string, name = 'yihao'): Manifest => {
  const found = manifests.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
};
const podOf = ({ spec }: Manifest): Pod | undefined =>
  (spec?.template ?? spec?.jobTemplate?.spec.template)?.spec;
const pods = (): Pod[] => manifests.flatMap((one) => podOf(one) ?? []);

test('there is one of each kind that an instance needs, all in its namespace', () => {
  expect(manifests.map(({ kind }) => kind).sort()).toEqual(
    [
      ...['ConfigMap', 'CronJob', 'Deployment', 'HorizontalPodAutoscaler', 'Job', 'PersistentVolumeClaim'],
      ...['PodDisruptionBudget', 'Service', 'ServiceAccount'],
      ...Array.from({ length: 4 }, () => 'NetworkPolicy'),
    ].sort(),
  );
  for (const { metadata } of manifests) expect(metadata.namespace).toBe('yihao');
});

test('every pod runs as nobody in particular, on a root it cannot write, with no privilege and bounded memory', () => {
  expect(pods()).toHaveLength(3);
  for (const pod of pods()) {
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const { securityContext, resources } of pod.containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(resources).toMatchObject({ requests: { cpu: expect.any(String) }, limits: { memory: '1Gi' } });
    }
  }
});

test('keys and addresses with passwords come as files of secrets, and no manifest holds a value of one', () => {
  for (const pod of pods()) {
    const secrets = pod.volumes.flatMap(({ secret }) => secret?.secretName ?? []);
    expect(secrets).toEqual(['yihao-keys', 'yihao-stores']);
    for (const { volumeMounts } of pod.containers)
      for (const name of ['keys', 'stores'])
        expect(volumeMounts.find((mount) => mount.name === name)).toMatchObject({ readOnly: true });
  }
  const secretKeys = Object.entries(schema).filter(([, key]) => 'secret' in key && key.secret);
  expect(
    Object.keys(named('ConfigMap').data).filter((key) => secretKeys.some(([name]) => name === key)),
  ).toEqual([]);
  expect(manifests.map(({ kind }) => kind)).not.toContain('Secret');
});

test('the configuration names keys that there are, and the pods run commands that there are', () => {
  for (const key of Object.keys(named('ConfigMap').data)) expect(Object.keys(schema)).toContain(key);
  const commands = pods().flatMap(({ containers }) =>
    containers.map(({ args }) => args.slice(0, 2).join(' ')),
  );
  expect(commands.sort()).toEqual(['backup --to', 'migrate run', 'serve']);
  for (const command of commands) expect(help).toContain(`yihao ${command}`);
});

test('a server is asked whether it lives and whether it can serve, and is never alone', async () => {
  const [container] = podOf(named('Deployment'))?.containers ?? [];
  const health = await readFile(join(root, 'src/http/health.ts'), 'utf8');
  for (const [probe, path] of [
    ['startupProbe', '/healthz'],
    ['livenessProbe', '/healthz'],
    ['readinessProbe', '/readyz'],
  ] as const) {
    expect(container?.[probe]).toMatchObject({ httpGet: { path, port: 'http' } });
    expect(health).toContain(`ctx.path === '${path}'`);
  }
  expect(named('Deployment').spec).toMatchObject({
    replicas: 3,
    strategy: { rollingUpdate: { maxUnavailable: 0 } },
  });
  expect(named('PodDisruptionBudget').spec).toMatchObject({ minAvailable: 2 });
  expect(named('HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 3, maxReplicas: 12 });
});

test('the network lets nothing pass but what is named', () => {
  expect(named('NetworkPolicy', 'default-deny').spec).toEqual({
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  });
  const portsOf = (name: string, way: 'ingress' | 'egress') =>
    (named('NetworkPolicy', name).spec[way] as { ports: { port: number }[] }[]).flatMap(({ ports }) =>
      ports.map(({ port }) => port),
    );
  expect(portsOf('from-the-ingress', 'ingress')).toEqual([3000]);
  expect(portsOf('to-the-stores', 'egress')).toEqual([53, 53, 27017, 6379]);
  expect(portsOf('to-sites-and-regions', 'egress')).toEqual([443]);
});

test('the image is built in two stages and runs as node; the compose file reads its root only', async () => {
  expect(dockerfile.match(/^FROM node:24-bookworm-slim/gm)).toHaveLength(2);
  expect(dockerfile).toMatch(/^USER node$/m);
  const compose = parse(await readFile(join(root, 'deploy/compose.yaml'), 'utf8'));
  expect(compose.services.yihao).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] });
});
