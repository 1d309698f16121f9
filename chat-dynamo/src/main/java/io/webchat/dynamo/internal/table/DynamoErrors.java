package io.webchat.dynamo.internal.table;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.Failures;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Turns failures of the AWS SDK into the failures that the SPI promises. */
public final class DynamoErrors {
    private DynamoErrors() {}

    /** Whether DynamoDB throttled the request. */
    public static boolean throttled(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof ChatException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof AwsServiceException refusal && refusal.isThrottlingException();
    }

    /** The failure for the caller: {@code unavailable}, or a failed condition or cancelled transaction unchanged. */
    public static RuntimeException toCaller(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof ConditionalCheckFailedException condition) {
            return condition;
        }
        if (cause instanceof TransactionCanceledException cancelled) {
            return cancelled;
        }
        if (cause instanceof ChatException known) {
            return known;
        }
        return new ChatException(ErrorCode.UNAVAILABLE, sentence(cause), cause);
    }

    /** One sentence about the failure with DynamoDB's own name for it, and without keys or account names. */
    static String sentence(Throwable cause) {
        if (cause instanceof ResourceNotFoundException) {
            return "the table does not exist";
        }
        if (cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException) {
            return "DynamoDB does not answer in time";
        }
        if (cause instanceof AwsServiceException refusal) {
            return (throttled(refusal) ? "DynamoDB is busy: " : "DynamoDB refuses: ") + name(refusal);
        }
        return "there is no connection to DynamoDB";
    }

    private static String name(AwsServiceException refusal) {
        @Nullable AwsErrorDetails details = refusal.awsErrorDetails();
        @Nullable String code = details == null ? null : details.errorCode();
        return code == null || code.isBlank() ? "HTTP status " + refusal.statusCode() : code;
    }

    /** The failure of a batch of which DynamoDB left a part unprocessed for too long. */
    public static ChatException unprocessed() {
        return unavailable("DynamoDB is busy: it left a part of each batch unprocessed");
    }

    /** An {@code unavailable} failure with this sentence. */
    public static ChatException unavailable(String sentence) {
        return new ChatException(ErrorCode.UNAVAILABLE, sentence);
    }
}
