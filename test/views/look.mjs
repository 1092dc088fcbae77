import { register } from 'node:module';

register('../support/jest/typescript.mjs', import.meta.url);
await import('./look.ts');
