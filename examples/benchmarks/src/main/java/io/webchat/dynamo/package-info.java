/** What a benchmark needs of the DynamoDB adapters' inside. */
@NullMarked
package io.webchat.dynamo;

import org.jspecify.annotations.NullMarked;
