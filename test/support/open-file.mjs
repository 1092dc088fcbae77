// Opens an embedded file when told to, so that several processes do it at the same moment.
const [, , engine, file] = process.argv;
const { openEmbeddedConnection } = await import(engine);
process.once('message', async () => {
  const connection = await openEmbeddedConnection({ file });
  await connection.close();
  process.exit(0);
});
process.send('ready');
