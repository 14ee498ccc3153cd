/**
 * The page's end of the line to the frame. It hears the frame's own window at the gateway's own origin, and nobody else,
 * and speaks to that origin alone: what another page in the frame would be told is not delivered.
 *
 * `port`: `frameWindow()` the window in the frame, or nothing; `hear(message)` what the frame says.
 */
export function openFrameLink(origin, port) {
  const receive = ({ data, source, origin: from }) => {
    if (from !== origin || source === null || source !== port.frameWindow()) return;
    if (data && data.opportune === 1 && typeof data.type === 'string') port.hear(data);
  };
  window.addEventListener('message', receive);
  return {
    say(message) {
      const target = port.frameWindow();
      if (target) target.postMessage({ opportune: 1, ...message }, origin);
    },
    close: () => window.removeEventListener('message', receive),
  };
}
