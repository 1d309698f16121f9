package io.webchat.examples.springtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ChatListener;
import io.webchat.core.events.ChatEvent;
import io.webchat.examples.hosts.Client;
import io.webchat.socketio.spring.ChatApplicationEvent;
import io.webchat.socketio.spring.WebchatServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** What happens in the chat is an event of the application, unless the application has a listener of its own. */
class EventsTest {
    /** An application that hears messages. */
    @Configuration(proxyBeanMethods = false)
    static class Hearing {
        private final List<String> heard = new CopyOnWriteArrayList<>();

        @EventListener
        void on(ChatApplicationEvent.MessageStored stored) {
            heard.add(stored.message().text());
        }

        @EventListener
        void on(ChatApplicationEvent.Connected connected) {
            heard.add(connected.user() + " came");
        }
    }

    private static void sendHello(ApplicationContext context) {
        int port = context.getBean(WebchatServer.class).port().orElseThrow();
        try (Client alice = new Client(port, "alice")) {
            await().until(alice::connected);
            alice.send("bob", "m1", "Hello").join();
        }
    }

    @Test
    void theApplicationHearsWhatHappens() {
        Runners.withAuthenticator().withUserConfiguration(Hearing.class).run(context -> {
            sendHello(context);

            await().untilAsserted(() ->
                    assertThat(context.getBean(Hearing.class).heard).containsExactly("alice came", "Hello"));
        });
    }

    @Test
    void aListenerOfTheApplicationTakesThePlaceOfTheEvents() {
        List<String> heard = new CopyOnWriteArrayList<>();
        ChatListener own = new ChatListener() {
            @Override
            public void onMessage(ChatEvent.Message message, long storedAt) {
                heard.add(message.text());
            }
        };
        Runners.withAuthenticator()
                .withUserConfiguration(Hearing.class)
                .withBean(ChatListener.class, () -> own)
                .run(context -> {
                    sendHello(context);

                    await().untilAsserted(() -> assertThat(heard).containsExactly("Hello"));
                    assertThat(context.getBean(Hearing.class).heard).isEmpty();
                });
    }
}
