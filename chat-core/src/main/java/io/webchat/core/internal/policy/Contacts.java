package io.webchat.core.internal.policy;

import io.webchat.core.Principal;
import io.webchat.core.UserDirectory;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.ExpiringCache;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.policy.Contact;
import io.webchat.core.policy.ContactPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Decides who may reach and see whom: asks the application's policy, or applies the default. */
public final class Contacts {
    private static final int MAX_ANSWERS = 50_000;

    /** A question to the policy. The expiry of the asker is left out, so that a renewed token shares the answer. */
    private record Question(Principal asker, UserId other, Contact contact) {}

    private final @Nullable ContactPolicy policy;
    private final UserDirectory directory;
    private final PolicyCalls calls;
    private final Acquaintances acquaintances;
    private final ExpiringCache<Question, Boolean> answers;

    /**
     * Contacts by this policy.
     *
     * @param policy the application's policy; null for the default
     * @param directory has the claims of users
     * @param maxAge the largest age of a cached answer
     */
    public Contacts(
            @Nullable ContactPolicy policy,
            UserDirectory directory,
            PolicyCalls calls,
            BackendCalls backends,
            Duration maxAge,
            LongSupplier nanoTime) {
        this.policy = policy;
        this.directory = directory;
        this.calls = calls;
        this.acquaintances = new Acquaintances(backends, maxAge, nanoTime);
        this.answers = new ExpiringCache<>(this::ask, MAX_ANSWERS, maxAge, nanoTime);
    }

    /** Whether the asker may reach or see the other user in this way; fails with {@code unavailable}. */
    public CompletableFuture<Boolean> allows(Principal asker, UserId other, Contact contact) {
        if (asker.user().equals(other) || ContactPolicy.EVERYBODY.equals(policy)) {
            return CompletableFuture.completedFuture(true);
        }
        if (policy != null) {
            return answers.get(new Question(new Principal(asker.user(), asker.claims(), null), other, contact));
        }
        return switch (contact) {
            case MESSAGE, ADD_TO_ROOM -> CompletableFuture.completedFuture(true);
            case TYPING, PRESENCE, PROFILE -> acquaintances.know(asker.user(), other);
        };
    }

    private CompletableFuture<Boolean> ask(Question question) {
        return calls.call(() -> claimed(question.asker)
                        .thenCombine(
                                claimed(Principal.of(question.other)),
                                (asker, other) -> allows(asker, other, question.contact))
                        .thenCompose(Function.identity()))
                .thenApply(Boolean.TRUE::equals);
    }

    private CompletionStage<Principal> claimed(Principal principal) {
        return principal.claims().isEmpty()
                ? directory.claims(principal.user()).thenApply((Map<String, Object> all) -> principal.withClaims(all))
                : CompletableFuture.completedFuture(principal);
    }

    private CompletionStage<Boolean> allows(Principal asker, Principal other, Contact contact) {
        ContactPolicy chosen = policy == null ? ContactPolicy.EVERYBODY : policy;
        // Again on a thread of the pool, because the directory may have answered on any thread.
        return CompletableFuture.completedFuture(chosen)
                .thenComposeAsync(each -> each.allows(asker, other, contact), calls.threads());
    }

    /** A 1:1 message passes this node, so its author and its recipient know each other. */
    public void onMessage(UserId from, UserId to) {
        if (policy == null) {
            acquaintances.onMessage(from, to);
        }
    }

    /** Ends the threads of the policy. */
    public void close() {
        calls.close();
    }
}
