/** A condition of the generated workload. */
export type Expr =
  | { readonly op: 'and' | 'or'; readonly args: readonly Expr[] }
  | { readonly op: 'not'; readonly arg: Expr }
  | { readonly op: 'eq'; readonly attr: string; readonly value: string | boolean }
  | { readonly op: 'in'; readonly attr: string; readonly values: readonly string[] }
  | { readonly op: 'gt' | 'ge' | 'lt' | 'le'; readonly attr: string; readonly value: number }
  | { readonly op: 'between'; readonly attr: string; readonly lo: number; readonly hi: number };

export type Account = { readonly [attribute: string]: string | number | boolean };

export interface Workload {
  readonly schema: readonly {
    readonly name: string;
    readonly kind: 'enum' | 'num' | 'bool';
    readonly values?: readonly string[];
  }[];
  readonly plays: readonly { readonly id: number; readonly expr: Expr }[];
  readonly accounts: readonly Account[];
  readonly changes: readonly {
    readonly account: number;
    readonly attr: string;
    readonly value: string | number | boolean;
  }[];
}

export function makeWorkload(options: {
  readonly plays?: number;
  readonly accounts?: number;
  readonly changes?: number;
  readonly seed?: number;
}): Workload;
