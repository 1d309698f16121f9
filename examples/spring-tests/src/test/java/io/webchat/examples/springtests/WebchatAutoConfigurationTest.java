package io.webchat.examples.springtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.ChatObserver;
import io.webchat.examples.hosts.Client;
import io.webchat.socketio.SocketIoServer;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.spring.ChatCustomizer;
import io.webchat.socketio.spring.SocketIoServerCustomizer;
import io.webchat.socketio.spring.WebchatServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/** One bean of type Authenticator makes an application a chat, and each part gives way to a bean. */
class WebchatAutoConfigurationTest {
    private static int port(ApplicationContext context) {
        return context.getBean(WebchatServer.class).port().orElseThrow();
    }

    private static int get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void oneAuthenticatorIsAChat() {
        Runners.withAuthenticator().run(context -> {
            try (Client alice = new Client(port(context), "alice");
                    Client bob = new Client(port(context), "bob")) {
                await().until(() -> alice.connected() && bob.connected());

                assertThat(alice.send("bob", "m1", "Hello")
                                .get(30, TimeUnit.SECONDS)
                                .getBoolean("ok"))
                        .isTrue();

                await().untilAsserted(() -> assertThat(bob.textsOf("alice")).containsExactly("Hello"));
                assertThat(get(port(context), "/health/ready")).isEqualTo(200);
            }
        });
    }

    @Test
    void stoppingTheApplicationDrainsTheChat() {
        Runners.withAuthenticator().run(context -> {
            WebchatServer server = context.getBean(WebchatServer.class);
            try (Client alice = new Client(port(context), "alice")) {
                await().until(alice::connected);

                context.close();

                await().until(() -> alice.heard("draining") && !alice.connected());
                assertThat(server.port()).isEmpty();
            }
        });
    }

    @Test
    void aMissingAuthenticatorIsNamed() {
        Runners.empty()
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("io.webchat.core.Authenticator"));
    }

    @Test
    void thePropertyTurnsItOff() {
        Runners.empty()
                .withPropertyValues("webchat.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Chat.class));
    }

    @Test
    void theDefaultsAreThoseOfTheChat() {
        Runners.withAuthenticator()
                .run(context -> assertThat(context.getBean(ChatConfig.class)).isEqualTo(ChatConfig.defaults()));
    }

    @Test
    void propertiesReachTheChatAndTheServer() {
        Runners.withAuthenticator()
                .withPropertyValues(
                        "webchat.limits.max-text-bytes=100",
                        "webchat.limits.max-data-bytes=50",
                        "webchat.limits.messages-per-second=7",
                        "webchat.base-path=/talk",
                        "webchat.allowed-origins=https://app.example")
                .run(context -> {
                    ChatConfig config = context.getBean(Chat.class).config();
                    assertThat(config.maxTextBytes()).isEqualTo(100);
                    assertThat(config.maxDataBytes()).isEqualTo(50);
                    assertThat(config.messagesPerSecond()).isEqualTo(7);
                    assertThat(get(port(context), "/talk/health/ready")).isEqualTo(200);
                    assertThat(get(port(context), "/health/ready")).isEqualTo(404);
                });
    }

    @Test
    void wrongPropertiesAreNamed() {
        Runners.withAuthenticator()
                .withPropertyValues("webchat.allowed-origins=app.example")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("app.example"));
    }

    @Test
    void beansTakeThePlaceOfEachPart() {
        Chat own = Chat.inMemory();
        ChatConfig limits = ChatConfig.builder().maxTextBytes(5).build();
        Runners.withAuthenticator()
                .withBean("ownChat", Chat.class, () -> own)
                .withBean("ownLimits", ChatConfig.class, () -> limits)
                .run(context -> {
                    assertThat(context.getBean(Chat.class)).isSameAs(own);
                    assertThat(context.getBean(ChatConfig.class)).isSameAs(limits);
                    assertThat(context).hasSingleBean(WebchatServer.class);
                });
    }

    @Test
    void aServerOfTheApplicationIsTheOnlyOne() {
        Chat own = Chat.inMemory();
        Runners.withAuthenticator()
                .withBean("ownChat", Chat.class, () -> own)
                .withBean(
                        "ownServer",
                        SocketIoServer.class,
                        () -> SocketIoServer.builder(own)
                                .host("127.0.0.1")
                                .port(0)
                                .legacyJoin(true)
                                .start())
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WebchatServer.class));
    }

    @Test
    void customizersHaveTheLastWord() {
        ChatConfig limits = ChatConfig.builder().maxTextBytes(5).build();
        Runners.withAuthenticator()
                .withBean(ChatCustomizer.class, () -> chat -> chat.config(limits))
                .withBean(
                        SocketIoServerCustomizer.class,
                        () -> server -> server.route(
                                "GET",
                                "/hello",
                                request -> CompletableFuture.completedFuture(HttpResponse.json(200, "{}"))))
                .run(context -> {
                    assertThat(context.getBean(Chat.class).config()).isSameAs(limits);
                    assertThat(get(port(context), "/hello")).isEqualTo(200);
                });
    }

    @Test
    void aRegistryGetsTheMetrics() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Runners.withAuthenticator()
                .withBean(MeterRegistry.class, () -> registry)
                .run(context -> {
                    assertThat(context).hasSingleBean(ChatObserver.class);
                    try (Client alice = new Client(port(context), "alice")) {
                        await().until(alice::connected);
                        alice.send("bob", "m1", "Hello").get(30, TimeUnit.SECONDS);
                        assertThat(registry.timer("webchat.send", "duplicate", "false")
                                        .count())
                                .isEqualTo(1);
                    }
                });
    }
}
