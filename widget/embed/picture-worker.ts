import type { EnginePort } from '../../src/port-calls.js';
import { servePictures } from '../../src/studio/serve-pictures.js';

servePictures(self as unknown as EnginePort, (address) => fetch(address));
