package io.webchat.examples.springtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.policy.Contact;
import io.webchat.core.policy.ContactPolicy;
import io.webchat.core.policy.MessagePolicy;
import io.webchat.core.policy.Verdict;
import io.webchat.examples.hosts.Client;
import io.webchat.socketio.spring.WebchatServer;
import java.util.concurrent.CompletableFuture;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Beans of MessagePolicy, in their order, and the bean of ContactPolicy decide in the chat. */
class PoliciesTest {
    /** An application that masks a word, and then refuses texts without the mask. */
    @Configuration(proxyBeanMethods = false)
    static class Moderating {
        @Bean
        @Order(2)
        MessagePolicy second() {
            return proposal -> CompletableFuture.completedFuture(
                    proposal.text().contains("***") ? Verdict.accept() : Verdict.refuse("no " + proposal.text()));
        }

        @Bean
        @Order(1)
        MessagePolicy first() {
            return proposal -> CompletableFuture.completedFuture(
                    proposal.replaceText(proposal.text().replace("darn", "***")));
        }
    }

    /** An application in which nobody reaches bob. */
    @Configuration(proxyBeanMethods = false)
    static class Separating {
        @Bean
        ContactPolicy nobodyToBob() {
            return (asker, other, contact) -> CompletableFuture.completedFuture(
                    contact != Contact.MESSAGE || !other.user().value().equals("bob"));
        }
    }

    private static JSONObject send(ApplicationContext context, String to, String text) {
        int port = context.getBean(WebchatServer.class).port().orElseThrow();
        try (Client alice = new Client(port, "alice")) {
            await().until(alice::connected);
            return alice.send(to, "m1", text).join();
        }
    }

    @Test
    void theMessagePoliciesJudgeInTheirOrder() {
        Runners.withAuthenticator().withUserConfiguration(Moderating.class).run(context -> {
            assertThat(send(context, "bob", "darn it").optBoolean("ok"))
                    .as("the first policy has masked the word before the second one looks")
                    .isTrue();
            JSONObject refused = send(context, "carol", "hello");

            assertThat(refused.optString("Code")).isEqualTo("rejected");
            assertThat(refused.toString()).contains("no hello");
        });
    }

    @Test
    void theContactPolicyDecidesWhoReachesWhom() {
        Runners.withAuthenticator().withUserConfiguration(Separating.class).run(context -> {
            assertThat(send(context, "bob", "hello").optString("Code")).isEqualTo("not_found");
            assertThat(send(context, "carol", "hello").optBoolean("ok")).isTrue();
        });
    }

    @Test
    void withoutPoliciesEveryMessageIsAccepted() {
        Runners.withAuthenticator()
                .run(context -> assertThat(send(context, "bob", "darn it").optBoolean("ok"))
                        .isTrue());
    }
}
