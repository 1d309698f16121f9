package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.policy.MessagePolicy;
import io.webchat.core.policy.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Policies decide about REST requests as about sessions: strangers see nothing, and refused messages are 403. */
abstract class StrangerCases {
    @Test
    void G16_aStrangerLooksLikeSomebodyWhoDoesNotExist() {
        try (RestTestServer server = new RestTestServer(UnaryOperator.identity(), UnaryOperator.identity())) {
            server.session("bob");
            server.as("bob").put("/v1/profiles/me", "{\"name\":\"Bob\"}").is(200);
            RestClient alice = server.as("alice");
            RestAnswer stranger = alice.get("/v1/profiles/bob").isProblem(404, "not_found");
            RestAnswer nobody = alice.get("/v1/profiles/nobody").isProblem(404, "not_found");

            assertThat(stranger.json().get("detail")).isEqualTo(nobody.json().get("detail"));
            assertThat(alice.get("/v1/presence?user=bob&user=nobody").items("online"))
                    .containsExactly("false", "false");
            alice.post("/v1/messages", "{\"to\":\"bob\",\"text\":\"hello\"}").is(201);
            alice.get("/v1/profiles/bob").is(200);
            assertThat(alice.get("/v1/presence?user=bob").items("online")).containsExactly("true");
        }
    }

    @Test
    void G16_anExpiredPrincipalIsRefusedAtEachRequest() {
        try (RestTestServer server = new RestTestServer()) {
            server.client()
                    .with("Authorization", "Bearer stale")
                    .get("/v1/call-logs")
                    .isProblem(401, "unauthorized");
        }
    }

    @Test
    void G16_aMessageThatAPolicyRefusesIsForbidden() {
        MessagePolicy never = proposal -> CompletableFuture.completedFuture(Verdict.refuse("not today"));
        try (RestTestServer server =
                new RestTestServer(parts -> parts.messagePolicies(never), UnaryOperator.identity())) {
            RestAnswer refused = server.as("alice")
                    .post("/v1/messages", "{\"to\":\"bob\",\"text\":\"hello\"}")
                    .isProblem(403, "rejected");

            assertThat(refused.json().get("detail").asText()).isEqualTo("not today");
            assertThat(server.as("alice").get("/v1/call-logs").items("id")).isEmpty();
        }
    }
}
