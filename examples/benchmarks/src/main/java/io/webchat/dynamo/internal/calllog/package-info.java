/** Gives a benchmark access to package-private classes of the call log in DynamoDB. */
@NullMarked
package io.webchat.dynamo.internal.calllog;

import org.jspecify.annotations.NullMarked;
