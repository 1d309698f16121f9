package io.webchat.dynamo.internal.calllog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.dynamo.LogNode;
import org.junit.jupiter.api.Test;

/** No content may be queued that the call log would refuse, or only half of the message would be accepted. */
final class G9ContentLimitTest {
    private static Chat chat(LogNode node, int maxTextBytes, int maxDataBytes) {
        ChatConfig config = ChatConfig.builder()
                .maxTextBytes(maxTextBytes)
                .maxDataBytes(maxDataBytes)
                .build();
        return Chat.builder().callLog(node.log).config(config).build();
    }

    @Test
    void G9_a_chat_that_allows_more_than_the_call_log_takes_is_not_built() {
        try (LogNode node = new LogNode(each -> each)) {
            assertThatThrownBy(() -> chat(node, node.log.maxTextBytes() + 1, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("maxTextBytes is 58001, and the call log takes texts of up to 58000 bytes");
            assertThatThrownBy(() -> chat(node, 1, node.log.maxDataBytes() + 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("maxDataBytes is 16385, and the call log takes data of up to 16384 bytes");
        }
    }

    @Test
    void contents_as_large_as_the_call_log_takes_are_allowed() {
        try (LogNode node = new LogNode(each -> each);
                Chat chat = chat(node, node.log.maxTextBytes(), node.log.maxDataBytes())) {
            assertThat(chat.config().maxTextBytes()).isEqualTo(58_000);
            assertThat(chat.config().maxDataBytes()).isEqualTo(16_384);
        }
    }
}
