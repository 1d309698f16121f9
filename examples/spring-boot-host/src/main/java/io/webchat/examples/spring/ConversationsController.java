package io.webchat.examples.spring;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The application's REST side: the chat is asked in Java, on behalf of whoever the token belongs to. */
@RestController
@RequestMapping("/api")
class ConversationsController {
    private static final int PAGE = 50;

    record NewMessage(String to, String id, String text) {}

    record Sent(Instant storedAt, boolean duplicate) {}

    record Line(String id, String from, String text, Instant storedAt, MessageStatus status) {
        static Line of(LoggedMessage logged) {
            ChatEvent.Message message = logged.message();
            return new Line(
                    message.id().value(),
                    message.from().value(),
                    message.text(),
                    Instant.ofEpochMilli(logged.storedAt()),
                    logged.status());
        }
    }

    record Conversation(String id, int unread, Line last) {
        static Conversation of(ConversationEntry entry) {
            return new Conversation(entry.id().value(), entry.unread(), Line.of(entry.last()));
        }
    }

    private final Chat chat;

    ConversationsController(Chat chat) {
        this.chat = chat;
    }

    @GetMapping("/conversations")
    CompletionStage<List<Conversation>> conversations(@AuthenticationPrincipal Jwt token) {
        return chat.callLogs()
                .conversations(user(token), PAGE, "")
                .thenApply(page -> page.map(Conversation::of).items());
    }

    @GetMapping("/conversations/{peer}")
    CompletionStage<List<Line>> messages(@AuthenticationPrincipal Jwt token, @PathVariable String peer) {
        ConversationId talk = ConversationId.direct(user(token), UserId.of(peer));
        return chat.callLogs()
                .messages(user(token), talk, PAGE, "")
                .thenApply(page -> page.map(Line::of).items());
    }

    @PostMapping("/messages")
    CompletionStage<Sent> send(@AuthenticationPrincipal Jwt token, @RequestBody NewMessage message) {
        return chat.send(ChatEvent.message(
                        user(token), UserId.of(message.to()), MessageId.of(message.id()), message.text()))
                .thenApply(sent -> new Sent(Instant.ofEpochMilli(sent.storedAt()), sent.duplicate()));
    }

    @ExceptionHandler
    ProblemDetail refused(ChatException refusal) {
        HttpStatus status = switch (refusal.code()) {
            case BAD_REQUEST -> HttpStatus.BAD_REQUEST;
            case UNAUTHORIZED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN, REJECTED -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
            case QUEUE_FULL, UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, refusal.detail());
        problem.setProperty("code", refusal.code().wire());
        return problem;
    }

    private static UserId user(Jwt token) {
        return UserId.of(token.getSubject());
    }
}
