package io.webchat.examples.server.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.webchat.core.ChatObserver;
import io.webchat.core.micrometer.MicrometerChatObserver;
import java.util.List;
import java.util.stream.IntStream;

/** The figures of one node: figures of the chat, of the JVM and of its process. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** Starts to count. */
    public Metrics() {
        registry.config().meterFilter(new SendBuckets());
        List<MeterBinder> binders = List.of(
                collections,
                new ClassLoaderMetrics(),
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new FileDescriptorMetrics(),
                new UptimeMetrics());
        binders.forEach(each -> each.bindTo(registry));
    }

    /** The observer of the chat. */
    public ChatObserver observer() {
        return new MicrometerChatObserver(registry);
    }

    /** The registry, for further figures. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All figures in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    /** Buckets for the time that a send takes: percentiles of several nodes can be made of these alone. */
    private static final class SendBuckets implements MeterFilter {
        private static final double[] BOUNDS = IntStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
                .mapToDouble(millis -> millis * 1e6)
                .toArray();

        @Override
        public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
            return id.getName().equals("webchat.send")
                    ? DistributionStatisticConfig.builder()
                            .serviceLevelObjectives(BOUNDS)
                            .build()
                            .merge(config)
                    : config;
        }
    }
}
