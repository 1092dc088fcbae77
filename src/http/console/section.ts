import type { SectionName } from '../../../views/console/home.tsx';
import type { ConsolePage, Permission } from './guard.ts';

/** One address of the console. */
export interface Route {
  method: 'get' | 'post';
  /** Below `/console`. */
  path: string;
  page: ConsolePage;
  /** What it asks for; its section's permission when left out. */
  permission?: Permission;
  /** The file a multipart form carries; every other form carries none. */
  upload?: { name: string; limitKb: number };
}

/** One part of the console: who may have it, and its pages. */
export interface Section {
  /** Its title and hint are the words `console.sections.<name>`. */
  name: SectionName;
  /** Where the way from the first page leads, below `/console`. */
  path: string;
  permission: Permission;
  routes: readonly Route[];
}
