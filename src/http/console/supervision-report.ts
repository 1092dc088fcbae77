import { readFile } from 'node:fs/promises';
import type { ShownGroup } from '../../../views/console/supervision.tsx';
import { momentOf } from '../../../views/parts/moment.ts';
import { fill, textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { findCopyFont } from '../../directory/index.ts';
import { pageContext } from '../context.ts';
import { nowOf } from './agreement-file.ts';
import type { ConsolePage } from './guard.ts';
import { groupOf, readFigures, shownGroups, typeNames } from './supervision-figures.ts';
import { monthOf, periodOf, readMonth } from './supervision-period.ts';

/** What a report says, in the order it says it. */
interface Report {
  title: string;
  /** Whose it is, and of which month. */
  under: string;
  made: string;
  /** Says that some of it is invented, where that is so. */
  warning: string | null;
  groups: readonly ShownGroup[];
  none: string;
  total: string;
  language: string;
  madeAt: Date;
}

const margin = 56;
const pageWidth = 595;
const barLeft = 330;
const barWidth = 150;
const lineHeight = 18;
const ink = { text: '#17212c', muted: '#46525f', bar: '#0b4f8a', line: '#c3ccd6' } as const;

/** Draws a report as a PDF of as many A4 pages as it takes. Throws copy-font-missing. */
async function drawReport(report: Report): Promise<Buffer> {
  const font = await findCopyFont();
  if (font === null) throw new AppError('copy-font-missing');
  // Loaded when the first report is made: most processes make none.
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    size: 'A4',
    margin,
    // Left out, pdfkit would open a Latin font of its own first.
    font: '',
    lang: report.language,
    displayTitle: true,
    info: {
      Title: report.title,
      Creator: 'Yihao',
      Producer: 'Yihao',
      CreationDate: report.madeAt,
      ModDate: report.madeAt,
    },
  });
  document.font(await readFile(font.file), font.face);
  document.fillColor(ink.text).fontSize(20).text(report.title);
  document.fontSize(12).text(report.under);
  document.fillColor(ink.muted).fontSize(9).text(report.made);
  if (report.warning !== null) document.text(report.warning);
  for (const group of report.groups) drawGroup(document, group, report);
  document.end();
  const chunks: Buffer[] = [];
  for await (const chunk of document) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const drawGroup = (document: PDFKit.PDFDocument, { title, rows }: ShownGroup, words: Report): void => {
  breakBefore(document, 3);
  document.moveDown(1).fillColor(ink.bar).fontSize(13).text(title, margin);
  document.moveDown(0.3);
  if (rows.length === 0) {
    document.fillColor(ink.muted).fontSize(10).text(words.none, margin);
    return;
  }
  const most = Math.max(...rows.map(({ total }) => total));
  const all = rows.reduce((sum, { total }) => sum + total, 0);
  const format = new Intl.NumberFormat(words.language);
  for (const { label, total } of rows) {
    breakBefore(document, 1);
    const { y } = document;
    document.rect(barLeft, y + 3, Math.max(1, (barWidth * total) / most), 8).fill(ink.bar);
    drawLine(document, label, format.format(total), y);
  }
  breakBefore(document, 1);
  drawLine(document, words.total, format.format(all), document.y);
};

const drawLine = (document: PDFKit.PDFDocument, label: string, count: string, y: number): void => {
  const countLeft = barLeft + barWidth;
  document.fillColor(ink.text).fontSize(10);
  document.text(label, margin, y, { width: barLeft - margin - 8, height: lineHeight, ellipsis: true });
  document.text(count, countLeft, y, { width: pageWidth - margin - countLeft, align: 'right' });
  document.y = y + lineHeight;
};

const breakBefore = (document: PDFKit.PDFDocument, lines: number): void => {
  if (document.y + lines * lineHeight > document.page.height - margin) document.addPage();
};

/** Hands out the report of a month, this one when none is named. Throws copy-font-missing. */
export const showReport: ConsolePage = async (ctx, deps) => {
  const now = nowOf(deps);
  const month = readMonth(ctx.query['month'], now) ?? monthOf(now);
  const { language, regionName } = pageContext(ctx, deps.settings);
  const text = textOf(language);
  const words = text.supervision;
  const figures = await readFigures(deps, periodOf(month, now));
  const typeName = await typeNames(deps);
  const monthWords = fill(words.month, { year: month.slice(0, 4), month: month.slice(5) });
  ctx.type = 'application/pdf';
  ctx.set('Content-Disposition', `attachment; filename="supervision-${month}.pdf"`);
  ctx.body = await drawReport({
    title: words.reportTitle,
    under: `${regionName} · ${monthWords}`,
    made: fill(words.made, { date: momentOf(language, now) }),
    warning: figures.isSynthetic ? words.synthetic : null,
    groups: shownGroups.map((group) => groupOf(figures, group, language, typeName)),
    none: words.none,
    total: words.total,
    language: text.htmlLanguage,
    madeAt: now,
  });
};
