import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Attributes, type Meter, metrics, SpanStatusCode, trace } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { isOpportuneError } from 'opportune';

/** What is measured. Names and labels hold nothing of a person or a record. */
export interface Telemetry {
  /** A trace's span around work, and its time as a histogram, both under `opportune.NAME`. */
  span<Result>(name: string, attributes: Attributes, work: () => Promise<Result>): Promise<Result>;
  count(name: string, by: number, attributes?: Attributes): void;
  /** Milliseconds into a histogram. */
  time(name: string, ms: number, attributes?: Attributes): void;
  /** A number that is asked for when somebody looks. */
  gauge(name: string, read: () => number, attributes?: Attributes): void;
  /** Writes the page that Prometheus reads. */
  page(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

const NAME = 'opportune';
/** Any of these asks for exporters of traces and metrics; the SDK reads all further variables of the standard itself. */
const ASKS = /^OTEL_(EXPORTER_|TRACES_EXPORTER$|METRICS_EXPORTER$|CONFIG_FILE$)/;

export async function startTelemetry(
  environment: { readonly [name: string]: string | undefined },
  clock: { now(): number },
): Promise<Telemetry> {
  const page = new PrometheusExporter({ preventServerStart: true });
  const own = new MeterProvider({ readers: [page] });
  const asked =
    environment.OTEL_SDK_DISABLED !== 'true' &&
    Object.keys(environment).some((name) => ASKS.test(name));
  const sdk = asked ? await startSdk() : undefined;
  const meters: readonly Meter[] = [own.getMeter(NAME), ...(sdk ? [metrics.getMeter(NAME)] : [])];
  const tracer = trace.getTracer(NAME);
  const held = <Instrument>(make: (meter: Meter, name: string) => Instrument) => {
    const made = new Map<string, readonly Instrument[]>();
    return (name: string): readonly Instrument[] => {
      const found = made.get(name) ?? meters.map((meter) => make(meter, `${NAME}.${name}`));
      made.set(name, found);
      return found;
    };
  };
  const counters = held((meter, name) => meter.createCounter(name));
  const histograms = held((meter, name) => meter.createHistogram(name, { unit: 'ms' }));
  const time: Telemetry['time'] = (name, ms, attributes) => {
    for (const histogram of histograms(name)) histogram.record(ms, attributes);
  };

  return {
    span: (name, attributes, work) =>
      tracer.startActiveSpan(`${NAME}.${name}`, { attributes }, async (span) => {
        const start = clock.now();
        try {
          return await work();
        } catch (error) {
          // Messages may hold ids; the code tells what kind of thing it was.
          const code = isOpportuneError(error) ? error.code : 'unexpected';
          span.setStatus({ code: SpanStatusCode.ERROR, message: code });
          throw error;
        } finally {
          span.end();
          time(name, clock.now() - start, attributes);
        }
      }),
    count(name, by, attributes) {
      for (const counter of counters(name)) counter.add(by, attributes);
    },
    time,
    gauge(name, read, attributes) {
      for (const meter of meters)
        meter
          .createObservableGauge(`${NAME}.${name}`)
          .addCallback((result) => result.observe(read(), attributes));
    },
    page: (request, response) => page.getMetricsRequestHandler(request, response),
    async close() {
      await own.shutdown();
      await sdk?.shutdown();
    },
  };
}

/** Loaded only where it is asked for: it is large. */
async function startSdk(): Promise<{ shutdown(): Promise<void> }> {
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ serviceName: process.env.OTEL_SERVICE_NAME ?? 'opportune-gateway' });
  sdk.start();
  return sdk;
}
