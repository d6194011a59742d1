import { expect, it } from 'vitest';
import { readXml, xmlText } from './xml-tree.ts';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

it('elements, attributes, text and lists become a tree', () => {
  const text =
    '\uFEFF<?xml version="1.0"?><!-- now --><f:feed xmlns:f="urn:f" id="1"><o><v u="m">1.5</v></o><o/><t><![CDATA[a<b]]>&amp;c</t></f:feed>';
  expect(plain(readXml(text))).toEqual({
    feed: { '@f': 'urn:f', '@id': '1', o: [{ v: { '@u': 'm', '#text': '1.5' } }, ''], t: 'a<b&c' },
  });
});

it('the text of an element is its own, with attributes or without', () => {
  const { a } = readXml('<a x="1">7</a>') as { a: unknown };
  expect(xmlText(a)).toBe('7');
  expect(xmlText('8')).toBe('8');
  expect(xmlText(undefined)).toBeUndefined();
});

it('names of all kinds are names only', () => {
  const tree = readXml('<__proto__><constructor>1</constructor></__proto__>');
  expect(Object.keys(tree as object)).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>).constructor).toBe(Object);
});

it.each([
  ['an end too early', '<a><b>'],
  ['ends that do not match', '<a></b>'],
  ['no XML', 'hello'],
  ['nothing', ''],
  ['two roots', '<a/><b/>'],
  ['an entity of its own', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
  ['nesting without end', '<a>'.repeat(100) + '</a>'.repeat(100)],
])('%s is refused', (_what, text) => {
  expect(() => readXml(text)).toThrow();
});
