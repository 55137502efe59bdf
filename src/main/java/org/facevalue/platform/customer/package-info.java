/**
 * The person, their phone lines and designated accounts, and when each was verified. Owns {@code customer}, {@code phone_line} and
 * {@code designated_account}. Keeps: names and numbers are sealed, and nobody reaches another's. Read
 * {@link org.facevalue.platform.customer.Customers} first.
 */
@ApplicationModule(
        displayName = "Customer",
        allowedDependencies = {"identifier", "crypto", "ledger"})
@NullMarked
package org.facevalue.platform.customer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
