/** One entry of the error catalogue: what each side gets to know. */
export interface ErrorEntry {
  /** HTTP status. */
  status: number;
  /** What the person sees, in Chinese and in English; `{name}` is filled from the error's values. */
  zh: string;
  en: string;
}
