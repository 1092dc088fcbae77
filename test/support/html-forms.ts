/** A form as a page shows it, with what it would send if nothing were changed. */
export interface HtmlForm {
  id: string | null;
  /** Absolute. */
  action: string;
  method: 'get' | 'post';
  fields: Record<string, string>;
  /** Submit buttons that carry a name: name → values offered. */
  buttons: Record<string, string[]>;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Replaces character references by what they stand for. */
export const decodeHtml = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return entities[name ?? ''] ?? whole;
    },
  );

/** Returns what a reader sees: tags and hidden parts dropped, white space folded. */
export const visibleText = (html: string): string =>
  decodeHtml(html.replace(/<(script|style|head)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();

/** Reads the attributes of a tag; one without a value is ''. */
export const attributesOf = (tag: string): Record<string, string> => {
  const found: Record<string, string> = {};
  const body = tag.replace(/^<\/?[\w-]+/, '').replace(/\/?>$/, '');
  for (const [, name = '', double, single, bare] of body.matchAll(
    /([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g,
  ))
    found[name.toLowerCase()] = decodeHtml(double ?? single ?? bare ?? '');
  return found;
};

const controlPattern =
  /<(?:input|button)\b[^>]*>|<textarea\b[^>]*>[\s\S]*?<\/textarea>|<select\b[^>]*>[\s\S]*?<\/select>/gi;

const selectedOf = (select: string): string => {
  const options = [...select.matchAll(/<option\b[^>]*>/gi)].map(([tag]) => attributesOf(tag));
  return (options.find((option) => 'selected' in option) ?? options[0])?.['value'] ?? '';
};

const addControl = (form: HtmlForm, control: string): void => {
  const tag = /^<[^>]*>/.exec(control)?.[0] ?? '';
  const { name, type = '', value, checked, disabled } = attributesOf(tag);
  if (!name || disabled !== undefined) return;
  if (/^<textarea/i.test(control))
    form.fields[name] = decodeHtml(control.slice(tag.length, -'</textarea>'.length));
  else if (/^<select/i.test(control)) form.fields[name] = selectedOf(control);
  else if (/^<button/i.test(control) || type === 'submit') {
    const offered = form.buttons[name] ?? [];
    form.buttons[name] = [...offered, value ?? ''];
  } else if (!['checkbox', 'radio'].includes(type)) form.fields[name] = value ?? '';
  else if (checked !== undefined) form.fields[name] = value ?? 'on';
};

/** Finds the forms of a page; a control outside its form that names it by `form=` counts. */
export function formsOf(html: string, page: URL): HtmlForm[] {
  const outside = html.replace(/<form\b[^>]*>[\s\S]*?<\/form>/gi, ' ').match(controlPattern) ?? [];
  return [...html.matchAll(/(<form\b[^>]*>)([\s\S]*?)<\/form>/gi)].map(([, tag = '', inner = '']) => {
    const { id = null, action = '', method = 'get' } = attributesOf(tag) as Partial<Record<string, string>>;
    const form: HtmlForm = {
      id,
      action: new URL(action || page.href, page).href,
      method: method.toLowerCase() === 'post' ? 'post' : 'get',
      fields: {},
      buttons: {},
    };
    const linked = outside.filter(
      (control) => id !== null && attributesOf(control.match(/^<[^>]*>/)?.[0] ?? '')['form'] === id,
    );
    for (const control of [...(inner.match(controlPattern) ?? []), ...linked]) addControl(form, control);
    return form;
  });
}
