"""What a capture changes, decided before anything is written: is it believed, and which versions does it make?"""
