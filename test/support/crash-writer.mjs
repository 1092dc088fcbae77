// A process to be killed: writes documents through the compiled engine (argument 1) to a file (2), and prints the
// number of each when the engine has acknowledged it, its creation and its update.
import { pathToFileURL } from 'node:url';

const [engine = '', file = ''] = process.argv.slice(2);
const { openEmbeddedConnection } = await import(pathToFileURL(engine).href);
const connection = await openEmbeddedConnection({ file });
const numbers = connection.collection('numbers');
await numbers.createIndex({ slot: 1 }, { unique: true });
const first = await numbers.countDocuments();
for (let number = first; ; number++) {
  await numbers.insertOne({ _id: number, slot: `s${number}`, state: 'made' });
  await numbers.updateOne({ _id: number }, { $set: { state: 'done', slot: `t${number}` } });
  process.stdout.write(`${number}\n`);
}
