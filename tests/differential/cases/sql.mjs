// Cases of the SQL types: common statements of several databases, and damaged ones.
import { mutate, plainText, text, wrongKinds } from '../random.mjs';

const tables = ['users', 'orders', 'a', 'public.users', 'Products'], columns = ['id', 'name', 'a', 'price', 'users.id', 'created_at', 'count(*)', '*', 'max(price)', 'upper(name)', 'id as n', "'x'", '1'];
const conditions = ['id = 1', "name = 'x'", 'price > 10 and id < 5', 'name like \'%a%\'', 'id in (1, 2)', 'price between 1 and 2', 'name is not null', 'not (id = 1 or id = 2)', "name = 'it''s'", 'id = ?', 'exists (select 1 from orders)', 'a.id = b.id', 'id =', 'id == 1', '`id` = 1', '"id" = 1'];

function statement(random) {
  const table = random.pick(tables), condition = random.often(0.9) ? random.pick(conditions.slice(0, 12)) : random.pick(conditions);
  const where = random.often(0.6) ? ' where ' + condition : '', list = random.some(columns, random.between(1, 3)).join(', ');
  return random.pick([
    () => `select ${list} from ${table}${where}`, () => `SELECT ${list} FROM ${table}${where} ORDER BY id DESC LIMIT 10`, () => `select ${list} from ${table} t join orders o on t.id = o.user_id${where}`,
    () => `select ${random.pick(columns)} from ${table} group by name having count(*) > 1`, () => `insert into ${table} (id, name) values (1, 'a'), (2, 'b')`, () => `update ${table} set name = 'b'${where}`, () => `delete from ${table}${where}`,
    () => `create table t (id int primary key, name varchar(20) not null)`, () => `select 1`, () => `with x as (select 1) select * from x`, () => `select * from ${table} union select * from orders`, () => `select case when id = 1 then 'a' else 'b' end from ${table}`,
    () => `select ${list} from ${table} left join orders on orders.id = ${table}.id`, () => `drop table ${table}`, () => `select distinct name from ${table}`, () => `select a, count(*) as n from (select * from users) s group by a`,
  ])() + random.pick(['', '', ';', '\n', '; select 2', ' -- c', ' /* c */']);
}

const damaged = random => random.pick(['select from', 'selec * from users', 'select * users', 'select id name from users', 'select * from', 'insert users values (1)', 'update set a = 1', 'select * from users where', 'select (1 from users', 'select `a from users', 'select * from generate_series(1, 3)', 'delete users whre id = 1', 'SELECT * FROM users LIMIT', '', ' ', ';', 'select id, from users', "select 'x from users",
  'select top 5 * from users', 'select id::text from users', 'select * from users limit 5, 10', "select $1", 'select [id] from users', 'select a b c from users', 'grant all on x to y', 'explain select 1', 'select now()', 'select date_trunc(\'day\', now())', 'hello', 'select * from users for update', 'replace into users values (1)', 'select * from users where id = @x', mutate(random, statement(random)), mutate(random, statement(random))]);

const databases = ['MySQL', 'PostgreSQL', 'Sqlite', 'MariaDB', 'TransactSQL', 'BigQuery', 'Snowflake'];

function sqlValue(random) {
  if (random.often(0.55)) return undefined;
  if (random.often(0.06)) return random.pick(wrongKinds);
  const value = random.often(0.7) ? { databaseType: random.pick(databases.slice(0, 4)) } : random.often(0.2) ? { databaseType: random.pick([...databases, 'Nope']) } : {};
  if (random.often(0.35)) value.allowedTables = random.pick([['select::null::users'], ['(select|update|insert|delete)::(.*)::(users|orders|a)'], ['(.*)::(.*)::(.*)'], []]);
  if (random.often(0.2)) value.allowedColumns = random.pick([['select::users::id', 'select::users::name'], ['select::(.*)::(.*)'], ['select::null::id'], []]);
  return value;
}

const isSql = random => ({ output: random.often(0.62) ? statement(random) : random.often(0.9) ? damaged(random) : text(random, 4), value: sqlValue(random) });

function containsSql(random) {
  const sql = random.often(0.62) ? statement(random) : damaged(random);
  const output = random.pick([sql, '```sql\n' + sql + '\n```', 'Here:\n```\n' + sql + '\n```\nDone', '```python\n' + sql + '\n```', plainText(random, 3) + ' ' + sql, '```sql\nselec\n```\n```sql\n' + sql + '\n```', '~~~ SQL\n' + sql + '\n~~~', '```sql\n' + sql, '   ```sql\r\n' + sql + '\r\n   ```']);
  return { output, value: sqlValue(random) };
}

export default { 'is-sql': isSql, 'contains-sql': containsSql };
