package io.webchat.core.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import org.junit.jupiter.api.Test;

/** What the engine reports, as Micrometer shows it. */
public class MetricsTest extends EngineSuite {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    @Test
    void countsWhatHappens() {
        try (TestCluster cluster = cluster(QueueLimits.DEFAULT.withMaxEvents(1))) {
            Chat node = cluster.node(builder -> builder.observer(new MicrometerChatObserver(registry)));
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", "text");
            alice.send("bob", "m1", "text");
            TestClient bob = TestClient.open(node, "bob");
            bob.awaitMessages("m1");
            bob.leave();
            alice.send("bob", "m2", "goes at the bound");
            alice.send("bob", "m3", "text");
            TestClient again = TestClient.open(node, "bob");
            again.awaitMessages("m3");
            cluster.queue.messages.next(1, Fault.LOSE_ANSWER);
            assertThat(TestClient.failure(alice.session().send(alice.message("bob", "m4", "text"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);

            assertThat(registry.get("webchat.send")
                            .tag("duplicate", "false")
                            .timer()
                            .count())
                    .isEqualTo(3);
            assertThat(registry.get("webchat.send")
                            .tag("duplicate", "true")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(count("webchat.offline")).isEqualTo(3);
            assertThat(count("webchat.queue.trimmed")).isEqualTo(1);
            assertThat(count("webchat.queue.recovered")).isZero();
            assertThat(count("webchat.queue.gaps")).isEqualTo(1);
            assertThat(count("webchat.refused", "code", "unavailable")).isEqualTo(1);
            assertThat(count("webchat.backend.failures", "operation", "append")).isEqualTo(1);
            assertThat(count("webchat.sessions.closed", "reason", "client")).isEqualTo(1);
            assertThat(registry.get("webchat.sessions").gauge().value()).isEqualTo(2);
            await().untilAsserted(() -> {
                assertThat(count("webchat.receipts", "kind", "delivery")).isEqualTo(2);
                assertThat(count("webchat.emitted", "kind", "message")).isEqualTo(2);
            });
        }
    }
}
