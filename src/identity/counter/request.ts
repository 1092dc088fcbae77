/** A question that a clerk (窗口工作人员) put to a person, as it waits on the person's own pages. */
export interface CounterRequest {
  requestId: string;
  /** Who asks: the counter, and its clerk by the name the counter knows. */
  clientId: string;
  clerkId: string;
  /** What the clerk is about to do. */
  purpose: string;
  /** The same words are on both screens. */
  bindingMessage: string;
  /** What the site would be given. */
  scope: string;
  /** By what the answer finds the way back to the counter. */
  answerTo: string;
  askedAt: Date;
  expiresAt: Date;
}

/** How long a question waits. */
export const counterRequestTtlSeconds = 300;
/** How long a match code can be read out at a counter. */
export const matchCodeTtlSeconds = 120;
/** How many questions can wait for one person; whoever floods them is told to come later. */
export const mostWaiting = 5;

/** Reads what a person would type or say as a match code; null when it is none. */
export const readMatchCode = (text: string): string | null =>
  /^\d{8}$/.exec(text.normalize('NFKC').replace(/\s/g, ''))?.[0] ?? null;
