package io.webchat.examples.docs.given;

import io.webchat.core.Principal;
import java.util.concurrent.CompletionStage;

/** The application's sign-ins. */
public interface Users {
    /** Whose token it is. */
    CompletionStage<Principal> ofToken(String token);
}
