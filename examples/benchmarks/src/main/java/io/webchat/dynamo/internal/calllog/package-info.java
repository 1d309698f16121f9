/** What a benchmark needs of the DynamoDB adapters' inside. */
@NullMarked
package io.webchat.dynamo.internal.calllog;

import org.jspecify.annotations.NullMarked;
