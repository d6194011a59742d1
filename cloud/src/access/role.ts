// Who may do what: roles, and what each may do.

/** Each role may do what those before it may. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type TokenRole = (typeof roles)[number];
/** What a route needs; `public` needs no token. */
export type Role = 'public' | TokenRole;

/** Whether somebody with a role may do what needs another. */
export function mayDo(role: TokenRole, needed: TokenRole): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
