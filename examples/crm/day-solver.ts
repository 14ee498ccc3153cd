import '../../widget/embed/day-worker.js';
