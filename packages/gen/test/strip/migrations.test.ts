import { expect, test } from 'vitest'
import { readMigrations } from '../../src/strip/first-migration.ts'
import { handWritten } from '../../src/strip/migrations.ts'
import { root } from '../../src/root.ts'

const tables = new Set(['users', 'rate_counters'])

test('of the migrations of today, the schema of the queue and unlogged tables are kept', async () => {
  const kept = handWritten(await readMigrations(root), tables)
  expect(kept).toHaveLength(2)
  expect(kept[0]).toBe('ALTER TABLE "rate_counters" SET UNLOGGED;')
  expect(kept[1]).toContain('CREATE SCHEMA IF NOT EXISTS pgboss')
  expect(kept.join()).not.toContain('lock_tag_counts')
})

test('a trigger goes with its table, a function with the last that calls it', () => {
  const text = [
    'CREATE FUNCTION lock_carts() RETURNS void LANGUAGE sql AS $$ SELECT 1 $$;',
    'CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM lock_carts(); END $$;',
    'CREATE TRIGGER a AFTER INSERT ON carts FOR EACH ROW EXECUTE FUNCTION note();',
  ]
  const sql = text.join('--> statement-breakpoint\n')
  expect(handWritten([sql], new Set(['users']))).toEqual([])
  expect(handWritten([sql], new Set(['carts']))).toHaveLength(3)
})

test('who may call a function is said as long as it is there', () => {
  const sql = [
    'CREATE TABLE "carts" ("id" uuid);',
    'CREATE FUNCTION sweep() RETURNS void LANGUAGE sql AS $$ DELETE FROM carts $$;',
    'REVOKE EXECUTE ON FUNCTION sweep() FROM PUBLIC;',
  ].join('--> statement-breakpoint\n')
  expect(handWritten([sql], new Set(['users']))).toEqual([])
  expect(handWritten([sql], new Set(['carts']))).toHaveLength(2)
})

test('what a trigger of a table that stays needs of one that goes takes it away, and an extension with it', () => {
  const sql = [
    'CREATE TABLE "carts" ("id" uuid);',
    'CREATE EXTENSION IF NOT EXISTS hstore;',
    'CREATE AGGREGATE any_of(tsquery) (SFUNC = tsquery_or, STYPE = tsquery);',
    'CREATE FUNCTION fill() RETURNS void LANGUAGE sql AS $$ INSERT INTO carts SELECT hstore(any_of()) $$;',
    'CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM fill(); END $$;',
    'CREATE TRIGGER a AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION note();',
  ].join('--> statement-breakpoint\n')
  expect(handWritten([sql], new Set(['users']))).toEqual([])
  expect(handWritten([sql], new Set(['users', 'carts']))).toHaveLength(5)
})

test('a statement of an unknown kind is an error', () => {
  expect(() => handWritten(['VACUUM "users";'], tables)).toThrow('VACUUM')
})
