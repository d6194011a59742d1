/** What was asked for, without the keys that were not. */
export function given<Asked extends object>(
  asked: Asked,
): {
  [Key in keyof Asked as undefined extends Asked[Key] ? never : Key]: Asked[Key];
} & { [Key in keyof Asked]?: Exclude<Asked[Key], undefined> } {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as never;
}
