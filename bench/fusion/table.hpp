#pragma once

/// Prints the comparison over `seeds` synthetic fights, beside the aims.
void print_tables(int seeds);
