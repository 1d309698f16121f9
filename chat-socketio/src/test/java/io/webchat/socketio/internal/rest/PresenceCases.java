package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries which users are connected. */
abstract class PresenceCases extends RestCases {
    private static String query(int users) {
        return IntStream.range(0, users).mapToObj(i -> "user=u" + i).collect(Collectors.joining("&", "?", ""));
    }

    @Test
    void eachUserIsToldOnceInTheOrderAsked() {
        server.session("bob");

        RestAnswer answer =
                as("alice").get("/v1/presence?user=carol&user=bob&user=carol").is(200);

        assertThat(answer.items("userId")).containsExactly("carol", "bob");
        assertThat(answer.items("online")).containsExactly("false", "true");
    }

    @Test
    void aUserWhoLeftHasTheTimeAndTheOthersHaveNone() {
        long before = System.currentTimeMillis() / 1000 * 1000;
        server.session("walter").close();
        server.session("yvonne");

        JsonNode items = as("alice")
                .get("/v1/presence?user=walter&user=yvonne&user=nobody")
                .is(200)
                .json()
                .get("items");

        assertThat(items).extracting(each -> each.has("lastSeenAt")).containsExactly(true, false, false);
        assertThat(items).extracting(each -> each.get("online").asBoolean()).containsExactly(false, true, false);
        assertThat(Instant.parse(items.get(0).get("lastSeenAt").asText()).toEpochMilli())
                .isGreaterThanOrEqualTo(before);
    }

    @Test
    void G12_aUserWhoBlockedTheCallerHidesTheTime() {
        server.session("walter").close();
        as("walter").put("/v1/blocks/alice").is(204);

        RestAnswer answer = as("alice").get("/v1/presence?user=walter").is(200);

        assertThat(answer.json().get("items")).hasToString("[{\"userId\":\"walter\",\"online\":false}]");
    }

    @Test
    void aUserWhoBlockedTheCallerLooksOffline() {
        server.session("bob");
        as("bob").put("/v1/blocks/alice").is(204);

        assertThat(as("alice").get("/v1/presence?user=bob").items("online")).containsExactly("false");
        assertThat(as("carol").get("/v1/presence?user=bob").items("online")).containsExactly("true");
    }

    @Test
    void idsOfIdentityProvidersAreAskedForEncoded() {
        server.session("auth0|a+b@example.org");

        assertThat(as("alice")
                        .get("/v1/presence?user=auth0%7Ca%2Bb%40example.org")
                        .items("online"))
                .containsExactly("true");
    }

    @Test
    void G13_moreThanAHundredAreRefused() {
        assertThat(as("alice").get("/v1/presence" + query(100)).is(200).items("userId"))
                .hasSize(100);
        as("alice").wrong().get("/v1/presence" + query(101)).isProblem(400, "bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?user=", "?user=a~b", "?user=bob&user=%00", "?users=bob"})
    void G13_malformedUserIdsAreRefused(String query) {
        as("alice").wrong().get("/v1/presence" + query).isProblem(400, "bad_request");
    }

    @Test
    void G12_nobodyAsksWithoutAToken() {
        server.client().get("/v1/presence?user=bob").isProblem(401, "unauthorized");
    }
}
