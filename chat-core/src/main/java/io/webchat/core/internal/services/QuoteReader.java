package io.webchat.core.internal.services;

import io.webchat.core.calllog.CallLogs;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.Quote;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.spi.support.LogThrottle;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the messages that other messages answer: on their own page first, then in the call log. A quote is worth less
 * than its page, so there are few look-ups, and a failure of the call log only leaves quotes out.
 */
final class QuoteReader {
    private static final Logger log = LoggerFactory.getLogger(QuoteReader.class);
    private static final LogThrottle warnings = new LogThrottle();

    private final BackendCalls backends;

    QuoteReader(BackendCalls backends) {
        this.backends = backends;
    }

    /** Returns the quotes of the messages that these messages of one conversation answer, without those hidden. */
    CompletableFuture<Map<MessageRef, Quote>> read(
            UserId reader, ConversationId conversation, List<LoggedMessage> answers) {
        Set<MessageRef> wanted = wanted(answers);
        Map<MessageRef, Quote> found = new HashMap<>();
        for (LoggedMessage each : answers) {
            add(each.message(), wanted, found);
        }
        List<MessageRef> elsewhere = wanted.stream()
                .filter(each -> !found.containsKey(each))
                .limit(CallLogs.MAX_QUOTE_LOOKUPS)
                .toList();
        if (elsewhere.isEmpty()) {
            return CompletableFuture.completedFuture(Map.copyOf(found));
        }
        return backends.callLog("quoted", store -> store.quoted(conversation, reader, elsewhere))
                .exceptionally(failure -> {
                    warn(conversation, failure);
                    return List.of();
                })
                .thenApply(messages -> {
                    messages.forEach(each -> add(each, wanted, found));
                    return Map.copyOf(found);
                });
    }

    private static void warn(ConversationId conversation, Throwable failure) {
        if (warnings.permits()) {
            log.warn(
                    "A page of {} has no quotes, because the call log did not find the answered messages: {}",
                    conversation,
                    failure.getMessage());
        }
    }

    private static Set<MessageRef> wanted(List<LoggedMessage> answers) {
        Set<MessageRef> wanted = new LinkedHashSet<>();
        for (LoggedMessage each : answers) {
            MessageRef answered = each.message().content().replyTo();
            if (answered != null) {
                wanted.add(answered);
            }
        }
        return wanted;
    }

    private static void add(ChatEvent.Message message, Set<MessageRef> wanted, Map<MessageRef, Quote> found) {
        Quote quote = Quote.of(message);
        if (wanted.contains(quote.message())) {
            found.put(quote.message(), quote);
        }
    }
}
