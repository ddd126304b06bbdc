// duckdb_csv.mjs CSV DATABASE: DuckDB's CSV import with two threads; prints its seconds. The library is found below the present folder.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(process.cwd() + '/');
const { DuckDBInstance } = await import(pathToFileURL(require.resolve('@duckdb/node-api')));
const [csv, database] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database, { threads: '2' });
const connection = await instance.connect();
const start = performance.now();
await connection.run(`create table flows as select * from read_csv('${csv}', header = true)`);
await connection.run('checkpoint');
console.log(((performance.now() - start) / 1000).toFixed(3));
