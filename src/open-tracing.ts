import { context, propagation, trace } from '@opentelemetry/api';
import type { Config } from '../config/index.ts';

/** The sending of traces. */
export interface Tracing {
  /** Sends what is left, and traces no more. */
  stop(): Promise<void>;
}

/**
 * Starts sending traces (OpenTelemetry, OTLP over HTTP) to the collector that is configured; null when none is, and then
 * none of it is loaded. What a trace holds is said by whoever makes the spans: http/tracing.ts and base/trace.ts.
 */
export async function openTracing({
  otlp,
  region,
}: Pick<Config, 'otlp' | 'region'>): Promise<Tracing | null> {
  if (otlp === null) return null;
  const [sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${otlp.endpoint}/v1/traces` });
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'yihao',
      'service.instance.id': `${region.code}-${process.pid}`,
    }),
    sampler: new sdk.ParentBasedSampler({
      root: new sdk.TraceIdRatioBasedSampler(otlp.samplePercent / 100),
    }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  provider.register();
  return {
    async stop() {
      // A collector that is down does not keep a server from stopping.
      await provider.shutdown().catch(() => undefined);
      for (const api of [trace, context, propagation]) api.disable();
    },
  };
}
