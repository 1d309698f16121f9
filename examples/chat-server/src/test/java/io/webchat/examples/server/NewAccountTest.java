package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.dynamo.testing.DynamoEndpoint;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.redis.testing.RedisServer;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who makes an account gets nothing that was sent to its id before, on any backend; others keep their side. */
@ExtendWith(DynamoServers.class)
class NewAccountTest {
    @Test
    void G12_nothingIsInheritedInMemory() throws Exception {
        assertNothingIsInherited();
    }

    @Test
    void G12_nothingIsInheritedOnRedis() throws Exception {
        try (RedisServer redis = RedisServer.builder().start()) {
            assertNothingIsInherited("--redis=" + redis.url());
        }
    }

    @Test
    void G12_nothingIsInheritedOnDynamoDb(DynamoEndpoint dynamo) throws Exception {
        assertNothingIsInherited("--dynamo=" + dynamo.uri(), "--table=new-" + System.nanoTime());
    }

    private static void assertNothingIsInherited(String... options) throws Exception {
        try (LocalNodes nodes = new LocalNodes(1, options)) {
            Rest ann = nodes.rest(0, "ann");
            post(ann, "/v1/messages", "{\"to\":\"bob\",\"text\":\"for somebody else\"}");
            post(ann, "/v1/rooms", "{\"id\":\"team\",\"name\":\"The team\",\"members\":[\"bob\"]}");
            post(ann, "/v1/messages", "{\"room\":\"team\",\"text\":\"for the team\"}");

            Rest bob = new Rest(nodes.port(0), SignInHelp.token(nodes.port(0), "bob"));

            assertThat(bob.get("/v1/call-logs").body()).contains("\"items\":[]");
            assertThat(bob.get("/v1/rooms").body()).contains("\"items\":[]");
            assertThat(bob.get("/v1/invitations").body()).contains("\"items\":[]");
            post(ann, "/v1/messages", "{\"to\":\"bob\",\"msgId\":\"new\",\"text\":\"for the new bob\"}");
            try (Inbox inbox = Inbox.open(nodes, 0, "bob", "phone", 0)) {
                inbox.awaitMessage("new");
                assertThat(inbox.of("message"))
                        .extracting((JSONObject each) -> each.getString("Text"))
                        .containsExactly("for the new bob");
            }
            assertThat(ann.get("/v1/call-logs/ann~bob/messages").body()).contains("for somebody else");
        }
    }

    private static void post(Rest rest, String path, String body) throws Exception {
        assertThat(rest.post(path, body).statusCode()).as(body).isEqualTo(201);
    }
}
