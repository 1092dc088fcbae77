import { type Connection, type HydratedDocument, type Model, Schema } from 'mongoose';

export interface Card {
  _id: string;
  holder: string;
  kind: string;
  serial?: string;
  tags: string[];
  score: number | null;
  issuedAt: Date;
  photo?: Buffer;
  place?: { city: string; zone?: number };
  lines: { key: string; value: number }[];
  note?: string;
  version: number;
}

export type Cards = Model<Card>;
export type CardDocument = HydratedDocument<Card>;

const cardSchema = () =>
  new Schema<Card>(
    {
      _id: { type: String, required: true },
      holder: { type: String, required: true },
      kind: { type: String, required: true },
      serial: String,
      tags: { type: [String], index: true },
      score: Number,
      issuedAt: { type: Date, required: true },
      photo: Buffer,
      place: { type: new Schema({ city: String, zone: Number }, { _id: false }) },
      lines: [new Schema({ key: String, value: Number }, { _id: false })],
      note: String,
      version: { type: Number, required: true },
    } as never,
    { versionKey: false, autoCreate: false, autoIndex: false },
  )
    .index({ holder: 1, kind: 1 }, { unique: true })
    .index({ serial: 1 }, { unique: true, sparse: true })
    .index({ issuedAt: 1, _id: 1 })
    .index({ 'place.city': 1, score: 1 });

let made = 0;

/** Makes a model on a collection of its own, with its indexes in place. */
export async function newCards(connection: Connection): Promise<Cards> {
  made += 1;
  const name = `Cards${process.pid}n${made}`;
  const model = connection.model<Card>(name, cardSchema(), name.toLowerCase());
  await model.createCollection();
  await model.createIndexes();
  return model;
}

const start = Date.UTC(2026, 0, 1);
export const dayMilliseconds = 86_400_000;

/** A card by its number; each of its own holder, issued a day after the one before. */
export const card = (number: number, other: Partial<Card> = {}): Card => ({
  _id: `card-${String(number).padStart(4, '0')}`,
  holder: `holder-${number}`,
  kind: 'licence',
  tags: [],
  score: number,
  issuedAt: new Date(start + number * dayMilliseconds),
  lines: [],
  version: 1,
  ...other,
});

export const cardsTo = (count: number, other: (number: number) => Partial<Card> = () => ({})): Card[] =>
  Array.from({ length: count }, (_, number) => card(number, other(number)));

export const ids = (found: { _id: string }[]): number[] => found.map(({ _id }) => Number(_id.slice(5)));
