package io.webchat.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.UserId;
import io.webchat.examples.hosts.Client;
import io.webchat.examples.spring.chat.ChatHealthIndicator;
import io.webchat.examples.spring.chat.ChatServer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;

class ShutdownTest {
    private static String token(JwtEncoder encoder) {
        Instant now = Instant.now();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .subject("alice")
                .issuedAt(now)
                .expiresAt(now.plusSeconds(60))
                .build();
        return encoder.encode(JwtEncoderParameters.from(claims)).getTokenValue();
    }

    @Test
    void closingTheApplicationDrainsTheChat() {
        ConfigurableApplicationContext context =
                SpringApplication.run(SpringBootHost.class, "--server.port=0", "--webchat.port=0");
        ChatServer server = context.getBean(ChatServer.class);
        ChatHealthIndicator health = context.getBean(ChatHealthIndicator.class);
        Chat chat = context.getBean(Chat.class);
        try (Client alice = new Client(server.port().orElseThrow(), token(context.getBean(JwtEncoder.class)))) {
            await().until(alice::connected);
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);

            context.close();

            await().until(() -> alice.heard("draining") && !alice.connected());
            assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(chat.open(UserId.of("alice"), (session, envelope) -> {}))
                    .failsWithin(java.time.Duration.ofSeconds(5))
                    .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                    .withCauseInstanceOf(ChatException.class);
        }
    }
}
