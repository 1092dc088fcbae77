import { openMongodbConnection } from '../../src/storage/mongodb.ts';
import { archiveContract } from './archive.ts';
import { recordsContract } from './records.ts';

// Run by test/support/mongo/run.sh only, which sets the address; an ordinary run leaves this file out.
const url = process.env['TEST_MONGODB_URL'];
if (!url) throw new Error('TEST_MONGODB_URL is not set: run npm run test:mongo');
// What FerretDB lacks is left out: see records-beyond.ts.
const isFerretdb = process.env['TEST_MONGODB_IS_FERRETDB'] === 'yes';

recordsContract('a MongoDB-protocol server', () => openMongodbConnection(url), !isFerretdb);
archiveContract(url);
