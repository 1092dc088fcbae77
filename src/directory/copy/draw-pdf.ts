import type { CopyFont } from './open-font.ts';
import { type Mark, type Page, veilDegrees } from './page.ts';

/** Draws a page as a PDF with only the glyphs it uses embedded; its text can be searched and read out. */
export async function drawPdf(page: Page, font: CopyFont, at: Date): Promise<Buffer> {
  // Loaded when the first copy is made: most processes make none.
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    size: [page.width, page.height],
    margin: 0,
    // Left out, pdfkit would open a Latin font of its own first.
    font: '',
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: page.title, Creator: 'Yihao', Producer: 'Yihao', CreationDate: at, ModDate: at },
  });
  document.font(font.source.bytes, font.source.face);
  for (const mark of page.marks) draw(document, mark);
  document.end();
  const chunks: Buffer[] = [];
  for await (const chunk of document) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const line = { lineBreak: false, baseline: 'alphabetic' } as const;

const draw = (document: PDFKit.PDFDocument, mark: Mark): void => {
  switch (mark.kind) {
    case 'text':
      document.fillColor(mark.ink).fontSize(mark.size).text(mark.text, mark.x, mark.y, line);
      return;
    case 'block':
      document.rect(mark.x, mark.y, mark.width, mark.height).fill(mark.ink);
      return;
    case 'picture':
      document.image(mark.jpeg, mark.x, mark.y, { width: mark.width, height: mark.height });
      return;
    case 'shape':
      document.save().translate(mark.x, mark.y).scale(mark.scale).path(mark.path).fill(mark.ink).restore();
      return;
    case 'veil':
      document
        .save()
        .rotate(veilDegrees, { origin: [mark.x, mark.y] })
        .fillColor(mark.ink, mark.opacity)
        .fontSize(mark.size)
        .text(mark.text, mark.x, mark.y, line)
        .restore();
  }
};
