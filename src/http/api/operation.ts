import type { z } from 'zod';
import type { ErrorCode } from '../../base/error.ts';
import type { Machine } from '../../oidc/index.ts';

/** A department, as its registration names it and not as it says. */
export interface Caller extends Machine {
  /** Unified social credit code. */
  authorityCode: string;
  department: string;
  name: { zh: string; en: string };
}

/**
 * One operation of the department interface: its address, who may call it, what goes in and out, and what it does. The
 * routes, the checks and the OpenAPI document are made from the same list of these, so none can say what another does not.
 */
export interface Operation<Body = unknown, Answer = unknown> {
  /** OpenAPI operationId. */
  id: string;
  path: `/${string}`;
  summary: { zh: string; en: string };
  scope: string;
  body: z.ZodType<Body>;
  /** The largest body; the interface's own limit when left out. */
  bodyLimitKb?: number;
  /** How often a machine may call this one a minute, where that is less than it may call at all. */
  callsPerMinute?: number;
  answer: z.ZodType<Answer>;
  /** Codes of the error catalogue it may answer with, beside those every operation may. */
  refusals: readonly ErrorCode[];
  run(body: Body, caller: Caller): Promise<Answer>;
}

/** Keeps the types of one operation together. */
export const operation = <Body, Answer>(one: Operation<Body, Answer>): Operation =>
  one as unknown as Operation;
