package io.webchat.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.webchat.core.Authenticator;
import io.webchat.core.ChatObserver;
import io.webchat.core.micrometer.MicrometerChatObserver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * The chat is configured behind the resource server and the metrics of Spring Boot, so it finds the decoder and the
 * registry that those make.
 */
@Tag("full")
class ResourceServerTest {
    /** An application without a bean of its own. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Nothing {}

    @Test
    void theAddressOfTheKeysIsAllThatAChatNeeds() {
        try (ConfigurableApplicationContext context = SpringApplication.run(
                Nothing.class,
                "--server.port=0",
                "--webchat.port=0",
                "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:1/keys")) {
            assertThat(context.getBeanNamesForType(JwtDecoder.class)).hasSize(1);
            assertThat(context.getBeanNamesForType(MeterRegistry.class)).hasSize(1);
            assertThat(context.getBeanNamesForType(Authenticator.class)).containsExactly("jwtAuthenticator");
            assertThat(context.getBean(ChatObserver.class)).isInstanceOf(MicrometerChatObserver.class);
        }
    }
}
