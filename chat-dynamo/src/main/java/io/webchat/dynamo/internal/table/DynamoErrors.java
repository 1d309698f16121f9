package io.webchat.dynamo.internal.table;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.Failures;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Turns failures of the AWS SDK into the failures that the SPI promises. */
public final class DynamoErrors {
    private static final String BUSY = "DynamoDB is busy";

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

    /** One sentence about the failure, without keys or account names. */
    private static String sentence(Throwable cause) {
        if (cause instanceof ResourceNotFoundException) {
            return "the table does not exist";
        }
        if (cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException) {
            return "DynamoDB does not answer in time";
        }
        if (cause instanceof AwsServiceException refusal) {
            return throttled(refusal) ? BUSY : "DynamoDB refuses";
        }
        return "there is no connection to DynamoDB";
    }

    /** The failure of a request that DynamoDB throttled for too long. */
    public static ChatException busy() {
        return unavailable(BUSY);
    }

    /** An {@code unavailable} failure with this sentence. */
    public static ChatException unavailable(String sentence) {
        return new ChatException(ErrorCode.UNAVAILABLE, sentence);
    }
}
