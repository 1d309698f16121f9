package io.webchat.core.engine.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventCodec;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.TestClient;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is wrong in itself gets an answer, and one that names the message. */
public class BadInputTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");

    @Test
    @SuppressWarnings("NullAway") // What a host without a null checker may do.
    void G13_anEventThatAHostBuiltWronglyIsAnswered() {
        try (TestCluster cluster = cluster()) {
            TestClient alice = TestClient.open(cluster.node(), "alice");
            ChatEvent broken = new ChatEvent.Receipt(EventKind.DELIVERY, ALICE, null, null, MessageId.of("m"), 0);

            assertThat(TestClient.failure(alice.session().send(broken))).isEqualTo(ErrorCode.INTERNAL);

            alice.send("bob", "m1", "the session goes on");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"MsgID\":\"m1\",\"Text\":5}",
                "{\"MsgID\":\"m1\",\"Timestamp\":1e99}",
                "{\"MsgID\":\"m1\",\"To\":\"bob\"",
                "{\"MsgID\":\"m1\"} x",
                "{\"MsgID\":\"m1\",\"EvtType\":\"message\"}"
            })
    void G13_aRefusalNamesTheMessageIfItsIdIsReadable(String json) {
        ChatException refusal = catchThrowableOfType(
                ChatException.class,
                () -> EventCodec.decodeFromClient(json.getBytes(StandardCharsets.UTF_8), ALICE, false));

        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal.messageId()).contains(MessageId.of("m1"));
    }
}
