package io.webchat.examples.springtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.BackendCheck;
import io.webchat.socketio.spring.WebchatServer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** The health indicator asks the server and each backend. Its types differ between the generations of Spring Boot. */
class HealthTest {
    private static ApplicationContextRunner withBackend(CompletableFuture<Void> answer) {
        return Runners.withAuthenticator().withBean(BackendCheck.class, () -> BackendCheck.of("storage", () -> answer));
    }

    private static Object ask(Object asked, String method) throws ReflectiveOperationException {
        return asked.getClass().getMethod(method).invoke(asked);
    }

    private static Object health(ApplicationContext context) throws ReflectiveOperationException {
        Object indicator = context.getBean("webchatHealthIndicator");
        // A lambda: only the method of the interface can be called.
        return indicator.getClass().getInterfaces()[0].getMethod("health").invoke(indicator);
    }

    private static String status(ApplicationContext context) throws ReflectiveOperationException {
        return ask(health(context), "getStatus").toString();
    }

    private static Map<?, ?> details(ApplicationContext context) throws ReflectiveOperationException {
        return (Map<?, ?>) ask(health(context), "getDetails");
    }

    @Test
    void itIsUpWhileTheServerListensAndTheBackendsAnswer() {
        withBackend(CompletableFuture.completedFuture(null)).run(context -> {
            int port = context.getBean(WebchatServer.class).port().orElseThrow();
            assertThat(status(context)).isEqualTo("UP");
            assertThat(details(context)).isEqualTo(Map.of("port", port, "storage", "up"));
        });
    }

    @Test
    void itIsDownWhenABackendFails() {
        withBackend(CompletableFuture.failedFuture(new ChatException(ErrorCode.UNAVAILABLE, "storage is full")))
                .run(context -> {
                    assertThat(status(context)).isEqualTo("DOWN");
                    assertThat(details(context).get("storage")).isEqualTo("storage is full");
                });
    }

    @Test
    void itIsOutOfServiceWhenTheServerHasStopped() {
        Runners.withAuthenticator().run(context -> {
            context.getBean(WebchatServer.class).stop();
            assertThat(status(context)).isEqualTo("OUT_OF_SERVICE");
        });
    }

    @Test
    void thePropertyTurnsItOff() {
        Runners.withAuthenticator()
                .withPropertyValues("management.health.webchat.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("webchatHealthIndicator"));
    }

    @Test
    void thePropertyOfAllIndicatorsHoldsUntilItsOwnSaysOtherwise() {
        Runners.withAuthenticator()
                .withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("webchatHealthIndicator"));
        Runners.withAuthenticator()
                .withPropertyValues(
                        "management.health.defaults.enabled=false", "management.health.webchat.enabled=true")
                .run(context -> assertThat(context).hasBean("webchatHealthIndicator"));
    }
}
