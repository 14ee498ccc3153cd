import { J as JsonObject } from './fact.js';

/** One thing of a playbook that a person edits: a play, an attribute, a goal, the settings of a file. */
interface Item {
    /** `plays/silent-buyer.yaml`, or an entry of a list in a file: `attributes.yaml#attributes/opportunity.stage`. */
    readonly id: string;
    readonly file: string;
    /** The list that it is an entry of. */
    readonly list?: string;
    readonly data: JsonObject;
    /** What stands below the front matter of a Markdown file. */
    readonly body?: string;
}

/** Changed items by id; null for one that was taken away. What is kept while nothing is published. */
type Changes = {
    readonly [id: string]: Item | null;
};

export type { Changes as C };
