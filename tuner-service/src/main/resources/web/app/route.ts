/** Where the dashboard is: `#/studies/3/history?lang=ko`. Every view has an address that can be sent on. */
export interface Route {
  path: string[];
  query: URLSearchParams;
}

export function route(): Route {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  return {
    path: path.split('/').filter(Boolean).map(decodeURIComponent),
    query: new URLSearchParams(query ?? ''),
  };
}

export function href(path: string, query: Record<string, string> = {}): string {
  const rest = new URLSearchParams(query).toString();
  return `#/${path}${rest ? `?${rest}` : ''}`;
}

/** Changes the address in place; an empty value leaves the name out. */
export function setQuery(changes: Record<string, string>): void {
  const now = route();
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') now.query.delete(name);
    else now.query.set(name, value);
  }
  history.replaceState(null, '', href(now.path.join('/'), Object.fromEntries(now.query)));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

export function go(path: string, query: Record<string, string> = {}): void {
  location.hash = href(path, query);
}
