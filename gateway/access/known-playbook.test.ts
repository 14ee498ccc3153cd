import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { COMPANY, createAgent, type Fact, type Playbook } from 'opportune';
import { createMemoryStore } from 'opportune/stores/memory';
import { compileFolder } from '../playbook-folder.js';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const MAYA = 'crm:rep:maya';
const ACCOUNT = 'crm:account:1';
const DEAL = 'crm:opportunity:1';
const PERSON = 'crm:contact:1';
