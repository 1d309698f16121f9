package io.webchat.dynamo.internal.calllog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.dynamo.LogNode;
import org.junit.jupiter.api.Test;

/** No text may be queued that the call log would refuse, or only half of the message would be accepted. */
final class G9TextLimitTest {
    private static Chat chat(LogNode node, int maxTextBytes) {
        ChatConfig config = ChatConfig.builder().maxTextBytes(maxTextBytes).build();
        return Chat.builder().callLog(node.log).config(config).build();
    }

    @Test
    void G9_a_chat_that_allows_texts_longer_than_the_call_log_takes_is_not_built() {
        try (LogNode node = new LogNode(each -> each)) {
            assertThatThrownBy(() -> chat(node, node.log.maxTextBytes() + 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("maxTextBytes is 64001, and the call log takes texts of up to 64000 bytes");
        }
    }

    @Test
    void texts_as_long_as_the_call_log_takes_are_allowed() {
        try (LogNode node = new LogNode(each -> each);
                Chat chat = chat(node, node.log.maxTextBytes())) {
            assertThat(chat.config().maxTextBytes()).isEqualTo(64_000);
        }
    }
}
